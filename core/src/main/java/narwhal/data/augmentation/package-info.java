/// Random variants of pictures: what may happen ([narwhal.data.augmentation.Augmentation]), what happens to one picture in
/// one epoch ([narwhal.data.augmentation.Transform]), and the arithmetic of it. In come 8-bit samples, out go floats.
/// Called by `narwhal.data` while it renders a batch.
@NullMarked
package narwhal.data.augmentation;

import org.jspecify.annotations.NullMarked;
