export { median, quantile } from './quantile';
export { figure, machineLine } from './report';
