/** How callers prove who they are, as OpenAPI security schemes. */
export const securitySchemes = {
  token: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A short-lived token, from `GET /api/v1/auth/token`.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'gospelib.session_token',
    description: 'The cookie that signing in sets; over https its name begins with a prefix.',
  },
} as const;

export type SecurityScheme = keyof typeof securitySchemes;
