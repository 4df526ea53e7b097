package dev.grantway.authorizer.keys;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tells moduli of the faulty Infineon generator (CVE-2017-15361), whose private keys can be
 * computed: modulo each small prime they are a power of 65537. Another modulus passes for one about
 * once in 2^27.
 */
final class Roca {
  private static final int GENERATOR = 65_537;
  private static final int LARGEST_PRIME = 167;
  private static final List<Residues> SMALL_PRIMES =
      IntStream.rangeClosed(3, LARGEST_PRIME).filter(Roca::isPrime).mapToObj(Residues::of).toList();

  private Roca() {}

  static boolean suspects(BigInteger modulus) {
    return SMALL_PRIMES.stream().allMatch(residues -> residues.holdOf(modulus));
  }

  private static boolean isPrime(int number) {
    return IntStream.range(2, number).noneMatch(smaller -> number % smaller == 0);
  }

  /** The powers of the generator modulo a prime. */
  private record Residues(BigInteger prime, BitSet powers) {
    static Residues of(int prime) {
      var powers = new BitSet(prime);
      for (int power = 1; !powers.get(power); power = power * (GENERATOR % prime) % prime) {
        powers.set(power);
      }
      return new Residues(BigInteger.valueOf(prime), powers);
    }

    boolean holdOf(BigInteger modulus) {
      return powers.get(modulus.mod(prime).intValue());
    }
  }
}
