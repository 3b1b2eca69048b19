import { pageConfig } from '../../../../routes';

export default pageConfig('meetingDesk');
