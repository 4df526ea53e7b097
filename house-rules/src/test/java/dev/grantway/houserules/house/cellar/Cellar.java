package dev.grantway.houserules.house.cellar;

/** Uses nothing. */
public interface Cellar {}
