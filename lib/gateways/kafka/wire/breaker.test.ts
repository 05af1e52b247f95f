import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/errors/app-error.ts';
import { Breaker, SignInGate } from './breaker.ts';

const failure = new AppError('kafka.refused', { broker: 'b:1' });

function clock() {
  let now = 1_000;
  return { now: () => now, pass: (ms: number) => (now += ms) };
}

describe('breaker (F3)', () => {
  it('opens after five failures in a row, and not before', () => {
    const time = clock();
    const breaker = new Breaker(time.now, () => 0);
    for (let i = 0; i < 4; i += 1) breaker.failed(failure);
    expect(breaker.state).toBe('closed');
    breaker.failed(failure);
    expect(breaker.state).toBe('open');
    expect(breaker.restMs()).toBe(30_000);
  });

  it('a success in between starts the count anew', () => {
    const breaker = new Breaker(clock().now);
    for (let i = 0; i < 4; i += 1) breaker.failed(failure);
    breaker.succeeded();
    breaker.failed(failure);
    expect(breaker.state).toBe('closed');
    expect(breaker.failures).toBe(1);
  });

  it('is half open after 30 s and lets one probe through, whose end decides', () => {
    const time = clock();
    const breaker = new Breaker(time.now, () => 0);
    for (let i = 0; i < 5; i += 1) breaker.failed(failure);
    time.pass(30_000);
    expect(breaker.state).toBe('half-open');
    expect(breaker.attemptInMs()).toBe(0);
    breaker.attempting();
    expect(breaker.restMs()).toBeGreaterThan(0);
    breaker.failed(failure);
    expect(breaker.state).toBe('open');
    time.pass(30_000);
    breaker.attempting();
    breaker.succeeded();
    expect(breaker.state).toBe('closed');
    expect(breaker.restMs()).toBe(0);
  });

  it('a caller that gave up leaves the probe to the next', () => {
    const time = clock();
    const breaker = new Breaker(time.now, () => 0);
    for (let i = 0; i < 5; i += 1) breaker.failed(failure);
    time.pass(30_000);
    breaker.attempting();
    breaker.undecided();
    expect(breaker.restMs()).toBe(0);
  });

  it('allows at most one connection attempt a second, with jitter', () => {
    const time = clock();
    const breaker = new Breaker(time.now, () => 1);
    breaker.attempting();
    breaker.failed(failure);
    expect(breaker.attemptInMs()).toBe(1_500);
    time.pass(1_500);
    expect(breaker.attemptInMs()).toBe(0);
  });

  it('a lost connection that worked is opened again at once', () => {
    const breaker = new Breaker(clock().now);
    breaker.attempting();
    breaker.succeeded();
    expect(breaker.attemptInMs()).toBe(0);
  });

  it('tries at once when the cluster names the broker again', () => {
    const breaker = new Breaker(clock().now, () => 0);
    breaker.attempting();
    for (let i = 0; i < 5; i += 1) breaker.failed(failure);
    breaker.hint();
    expect(breaker.state).toBe('half-open');
    expect(breaker.attemptInMs()).toBe(0);
  });
});

describe('refused credentials (F18)', () => {
  it('wait longer each time, at most a minute, and are forgotten with the first success', () => {
    const time = clock();
    const gate = new SignInGate(time.now);
    expect(gate.waitMs()).toBe(0);
    const waits: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      gate.refused(failure);
      waits.push(gate.waitMs());
      time.pass(gate.waitMs());
    }
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    gate.accepted();
    expect(gate.waitMs()).toBe(0);
  });
});
