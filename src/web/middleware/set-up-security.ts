// Security headers: only our own scripts, styles and images, nothing inline, nobody frames us.
import type { Express, Response } from 'express';
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

/** Sets the headers every answer bears, assets and errors too; `trustProxy` is how many proxies are believed about TLS. */
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
          objectSrc: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
        },
      },
      referrerPolicy: { policy: 'same-origin' },
      crossOriginEmbedderPolicy: false,
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      strictTransportSecurity: false,
    }),
  );
  const overTls = helmet.strictTransportSecurity({ maxAge: 31_536_000, includeSubDomains: true });
  app.use((request, response, next) => (request.secure ? overTls(request, response, next) : next()));
}

/** What an answer of a page or file bears beside: kept nowhere; a discreet one is neither indexed nor told as referrer. */
export function setPageHeaders(response: Response, { discreet = false }: { discreet?: boolean }): void {
  response.setHeader('Cache-Control', 'no-store');
  if (!discreet) return;
  response.setHeader('X-Robots-Tag', 'noindex, nofollow, noarchive');
  response.setHeader('Referrer-Policy', 'no-referrer');
}
