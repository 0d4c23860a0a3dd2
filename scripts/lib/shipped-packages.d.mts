export function shippedPackages(): string[];
