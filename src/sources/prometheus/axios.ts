/*
 * Stands for axios in the bundle (scripts/build.mjs), as far as prometheus-query uses it: a request goes through the
 * interceptors to the adapter that they set, which is our own transport (live.ts). The rest of axios, and the packages that
 * it brings, would lie there unused. test/sources/live/prometheus-query.test.ts holds both to the same figures.
 */

interface Request {
  readonly adapter: (request: Request) => Promise<unknown>;
}

type Interceptor = (request: Request) => Request | Promise<Request>;

class Client {
  readonly #interceptors: Interceptor[] = [];
  readonly interceptors = { request: { use: (one: Interceptor) => this.#interceptors.push(one) } };

  async request(asked: Request): Promise<unknown> {
    let request = asked;
    for (const intercept of this.#interceptors) request = await intercept(request);
    return request.adapter(request);
  }
}

export default { create: () => new Client() };
