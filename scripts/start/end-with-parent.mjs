// @ts-check
// Loaded into a child before its program: when the parent is killed and cannot say so, the channel between them
// closes, and the child ends the way it would on SIGTERM.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
