/** Address of an emulator of AWS, which a person starts; undefined: there is none, and what needs it is skipped. */
export const emulator = process.env.AWS_ENDPOINT_URL;

/** Why tests at an emulator are skipped; undefined: they run. */
export const noEmulator = emulator
  ? undefined
  : 'needs an emulator of AWS: AWS_ENDPOINT_URL is its address (ministack or moto, both from PyPI), with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION';
