/// Pictures that come with Narwhal: one set drawn from a seed, one of real photographs in a resource. Nothing comes in, out
/// come [narwhal.data.PictureSource]s for training, or the same pictures as folders of PNG files. Called by the command line
/// and by tests.
@NullMarked
package narwhal.data.synth;

import org.jspecify.annotations.NullMarked;
