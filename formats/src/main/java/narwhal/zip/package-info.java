/// ZIP archives as Keras uses them: a few entries, stored. [ZipReader] lists an archive that nobody vouches for and opens its
/// entries in memory, never on disk; [ZipWriter] makes one. Called by the Keras files.
///
/// Source: PKWARE, "APPNOTE.TXT – .ZIP File Format Specification", version 6.3.10; section numbers in the classes refer to it.
@NullMarked
package narwhal.zip;

import org.jspecify.annotations.NullMarked;
