package dev.grantway.houserules.house.attic;

import dev.grantway.houserules.house.cellar.Cellar;

/** Uses the cellar, once as it is and once in an array. */
public interface Attic {
  Cellar one();

  Cellar[] many();
}
