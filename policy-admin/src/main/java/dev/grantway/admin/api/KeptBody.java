package dev.grantway.admin.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import org.jspecify.annotations.Nullable;

/** A request whose body can be read more than once; it is read when it is first asked for. */
final class KeptBody extends HttpServletRequestWrapper {
  private byte @Nullable [] body;

  KeptBody(HttpServletRequest request) {
    super(request);
  }

  byte[] body() throws IOException {
    byte[] known = body;
    if (known == null) {
      known = super.getInputStream().readAllBytes();
      body = known;
    }
    return known;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    return new OfBytes(new ByteArrayInputStream(body()));
  }

  @Override
  public BufferedReader getReader() throws IOException {
    return new BufferedReader(new InputStreamReader(getInputStream(), UTF_8));
  }

  private static final class OfBytes extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    OfBytes(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] some, int from, int length) {
      return bytes.read(some, from, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("bodies of this API are read at once");
    }
  }
}
