/// Questions to put to what a user plugs in, for the user's own tests: a layer comes in, broken promises go out. Called by
/// test programs of any framework.
@NullMarked
package narwhal.testing;

import org.jspecify.annotations.NullMarked;
