// compare.js STEPS_PROGRAM MODELS_FOLDER ONNX_FOLDER REPORT.json [ONLY]
// One step of the same network by this engine and by ONNX Runtime, in turns; the ratio of medians of CPU and wall time.
// ONLY: a regular expression for names like "photo 16x3x256x256 threads 2".
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const ort = require('onnxruntime-node');

const [program, models, onnx, report, only] = process.argv.slice(2);
const cases = [['digits', 1, 32, 1], ['digits', 1, 32, 16], ['photo', 3, 32, 1], ['photo', 3, 32, 16], ['photo', 3, 64, 1],
  ['photo', 3, 64, 16], ['photo', 3, 256, 1], ['photo', 3, 256, 16], ['photo', 3, 512, 1], ['photo', 3, 512, 16]];
const secondsEach = 0.25;

const engine = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
const answers = readline.createInterface({ input: engine.stdout })[Symbol.asyncIterator]();
async function ours(model, side, batch, threads, count) {
  engine.stdin.write(`${path.join(models, model + '.safetensors')} ${side} ${batch} ${threads} ${count}\n`);
  const [cpu, wall] = (await answers.next()).value.split(' ').map(Number);
  return { cpu, wall };
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
async function theirs(session, feeds, count) {
  const cpu = [], wall = [];
  for (let i = 0; i < count; ++i) {
    const used = process.cpuUsage(), start = performance.now();
    await session.run(feeds);
    wall.push(performance.now() - start);
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / 1000);
  }
  return { cpu: median(cpu), wall: median(wall) };
}

async function compare([model, channels, side, batch], threads, spinning) {
  const session = await ort.InferenceSession.create(path.join(onnx, `${model}_${side}_${batch}.onnx`), {
    executionProviders: ['cpu'], graphOptimizationLevel: 'all', intraOpNumThreads: threads, interOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: spinning ? '1' : '0' } } } });
  const feeds = { x: new ort.Tensor('float32', Float32Array.from({ length: batch * channels * side * side }, () => Math.random() * 2 - 1), [batch, channels, side, side]),
    log_snr: new ort.Tensor('float32', new Float32Array(batch).fill(0.7), [batch]) };
  const warm = await theirs(session, feeds, 2);
  const count = Math.max(1, Math.min(200, Math.round(secondsEach * 1000 / warm.wall)));
  const rounds = warm.wall > 5000 ? 3 : 7;
  const mine = { cpu: [], wall: [] }, peer = { cpu: [], wall: [] };
  for (let round = 0; round < rounds; ++round) {
    await new Promise((done) => setTimeout(done, spinning ? 1500 : 0));  // their threads spin on for a while after an answer
    const a = await ours(model, side, batch, threads, count), b = await theirs(session, feeds, count);
    for (const kind of ['cpu', 'wall']) mine[kind].push(a[kind]), peer[kind].push(b[kind]);
  }
  const row = { model, channels, side, batch, threads, spinning };
  for (const kind of ['cpu', 'wall']) {
    row[kind] = { engine: median(mine[kind]), onnxruntime: median(peer[kind]) };
    row[kind].ratio = row[kind].engine / row[kind].onnxruntime;
  }
  const text = (t) => `${t.engine.toFixed(2).padStart(9)} ${t.onnxruntime.toFixed(2).padStart(9)} ${t.ratio.toFixed(2).padStart(6)}`;
  console.log(`${model.padEnd(7)}${`${batch}x${channels}x${side}x${side}`.padEnd(14)}${String(threads).padStart(3)}  ${(spinning ? 'on' : 'off').padEnd(4)}${text(row.cpu)} ${text(row.wall)}`);
  return row;
}

(async () => {
  console.log('One step, milliseconds (medians)    CPU: here  ONNX Runtime  ratio      wall: here  ONNX Runtime  ratio');
  console.log('network N×C×H×W     threads  their spinning');
  const rows = [];
  for (const threads of [1, 2])
    for (const spinning of threads === 1 ? [true] : [true, false])
      for (const one of cases) {
        const [model, channels, side, batch] = one;
        if (new RegExp(only ?? '').test(`${model} ${batch}x${channels}x${side}x${side} threads ${threads}`)) rows.push(await compare(one, threads, spinning));
      }
  engine.stdin.end();
  fs.writeFileSync(report, JSON.stringify({ onnxruntime: require('onnxruntime-node/package.json').version, rows }, null, 1) + '\n');
})();
