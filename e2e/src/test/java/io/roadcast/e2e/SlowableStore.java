package io.roadcast.e2e;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.LockSupport;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** What an S3 server keeps its objects in, and that can be made slow in taking them. */
final class SlowableStore extends ForwardingBlobStore {
  private volatile long bytesPerSecond = Long.MAX_VALUE;

  SlowableStore(BlobStore objects) {
    super(objects);
  }

  /**
   * @param wanted of each object that comes; Long.MAX_VALUE for no limit
   */
  void slow(long wanted) {
    bytesPerSecond = wanted;
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream bytes) {
    return super.putBlob(request, new Slowly(bytes));
  }

  @Override
  public UploadPartResponse uploadMultipartPart(
      MultipartUpload upload, UploadPartRequest request, InputStream bytes) {
    return super.uploadMultipartPart(upload, request, new Slowly(bytes));
  }

  private final class Slowly extends FilterInputStream {
    Slowly(InputStream bytes) {
      super(bytes);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      waitFor(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = super.read(to, offset, length);
      waitFor(count);
      return count;
    }

    private void waitFor(int count) {
      long limit = bytesPerSecond;
      if (count > 0 && limit != Long.MAX_VALUE) {
        LockSupport.parkNanos(count * 1_000_000_000L / limit);
      }
    }
  }
}
