import { describe, expect, it, vi } from 'vitest';
import { AppError } from './app-error.ts';
import { toProblem } from './to-problem.ts';

describe('toProblem', () => {
  it('says a known error in its sentence with its fields', () => {
    const error = new AppError('user.exists', { email: 'ana@example.com' }, { fields: { email: 'Taken.' } });
    expect(toProblem(error)).toMatchObject({ code: 'user.exists', status: 409, fields: { email: 'Taken.' } });
  });

  it('gives away nothing of our own defects but a reference to the log', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const problem = toProblem(new Error('secret-canary in a stack'));
    expect(problem).toMatchObject({ code: 'internal', status: 500 });
    expect(JSON.stringify(problem)).not.toContain('canary');
    expect(String(write.mock.calls[0]?.[0])).toContain(problem.reference);
  });

  it('takes a browser that left for no defect: nothing is logged as one', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    for (const name of ['AbortError', 'ResponseAborted']) {
      expect(toProblem(Object.assign(new Error('gone'), { name })).code).toBe('request.cancelled');
    }
    expect(write).not.toHaveBeenCalled();
  });
});
