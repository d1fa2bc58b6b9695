/// The one place of the house that writes files: a small [Disk] below, one atomic algorithm ([AtomicFile]) on top of it,
/// and the durable things made from both: the checkpoint [Container], the folder of [Checkpoints], the [Journal] and the
/// [RunLock]. In come bytes and arrays, out come whole files or one clear error; the trainer, the history and every
/// exporter call it, and nobody else opens a file for writing.
@NullMarked
package narwhal.disk;

import org.jspecify.annotations.NullMarked;
