import { pageConfig } from '../../../../routes';

export default pageConfig('auditDesk');
