/// Everything that can go wrong for a reason outside the program: one catalogue ([Problem]) and one exception
/// ([NarwhalException]) that carries an entry of it. Thrown anywhere in the house, shown by the command line as one line.
@NullMarked
package narwhal.errors;

import org.jspecify.annotations.NullMarked;
