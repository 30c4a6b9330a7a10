// Security headers: only our own scripts, styles and images, nothing inline, nobody frames us.
import type { Express } from 'express';
import helmet from 'helmet';

/** What a page of ours never asks a browser for. */
const unusedFeatures = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'microphone',
  'midi',
  'payment',
  'usb',
];

export function setUpSecurity(app: Express, trustProxy: number): void {
  app.disable('x-powered-by');
  app.set('trust proxy', trustProxy);
  app.use((_request, response, next) => {
    response.setHeader('Permissions-Policy', unusedFeatures.map((name) => `${name}=()`).join(', '));
    next();
  });
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'"],
          connectSrc: ["'self'"],
          fontSrc: ["'self'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
        },
      },
      referrerPolicy: { policy: 'same-origin' },
      crossOriginEmbedderPolicy: false,
      strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
    }),
  );
}
