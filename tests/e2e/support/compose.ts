import { writeFile } from 'node:fs/promises';
import type { TestInfo } from '@playwright/test';

/** A shop of six services, one of which nothing in the files explains. */
export const SHOP_COMPOSE = `services:
  gateway:
    image: kong:3.6
    ports:
      - "8000:8000"
    depends_on:
      - shop
  shop:
    build: ./shop
    environment:
      DATABASE_URL: postgres://shop@db:5432/\${DB_NAME}
      CACHE_URL: redis://cache:6379/0
    depends_on:
      - db
      - cache
  courier:
    image: acme/courier:1.0
    environment:
      SHOP_URL: http://shop:8080
  db:
    image: postgres:16
  cache:
    image: redis:7.2
  search:
    image: elasticsearch:8.13.0
    env_file: ../secrets.env
`;

/** A Kubernetes manifest: YAML of another kind. */
export const NOT_COMPOSE = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 2
`;

/** The environment file beside it. */
export const SHOP_ENV = 'DB_NAME=orders\n';

/** Write a Compose file and its environment file where this test may; returns their paths. */
export async function composeFiles(testInfo: TestInfo): Promise<readonly string[]> {
  const files = [testInfo.outputPath('docker-compose.yml'), testInfo.outputPath('shop.env')];
  await writeFile(files[0] ?? '', SHOP_COMPOSE);
  await writeFile(files[1] ?? '', SHOP_ENV);
  return files;
}
