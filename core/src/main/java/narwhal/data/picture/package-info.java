/// One picture: from the bytes of a file, or from a program, to 8-bit samples of a wanted size. In come untrusted files,
/// out come [narwhal.data.picture.Picture]s or an error that names the file. Called by `narwhal.data` and by prediction.
@NullMarked
package narwhal.data.picture;

import org.jspecify.annotations.NullMarked;
