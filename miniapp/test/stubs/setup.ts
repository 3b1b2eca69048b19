// The H5 build is tested; what weapp does differently is tested on the built bundle.
process.env['TARO_ENV'] = 'h5';
Object.assign(globalThis, { SERVER_ORIGIN: '', IS_REACT_ACT_ENVIRONMENT: true });
