/**
 * Instance types that have disks of their own: those with `d` in their family's name, the newer ones with accelerators, and storage's. They
 * encrypt them and take no key for them (SageMaker API, ResourceConfig, VolumeKmsKeyId; EC2 User Guide, "Instance store volumes").
 */
export const ownDisks = /^ml\.([a-z]+\d+[a-z]*d[a-z]*|g[5-9]\w*|gr\d\w*|p[5-9]\w*(-\w+)?|trn\d\w*|dl1|i\d\w*)\./;
