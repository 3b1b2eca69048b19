import { pageConfig } from '../../../../routes';

export default pageConfig('notFound');
