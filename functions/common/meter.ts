import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

/** How the images of one call ended. */
export interface Counts {
  readonly processed: number;
  readonly quarantined: number;
  readonly skipped: number;
  /** To be tried again; those that were not begun among them. */
  readonly failed: number;
}

/** Counts the work of a call. */
export interface Meter {
  /** To be told when a call begins. */
  begin(): void;
  /** The image code has worked on an image of so many bytes for so long. */
  worked(bytes: number, milliseconds: number): void;
  /** An image was refused for good. */
  refused(reason: string): void;
  /** The call ends: what was counted is written. */
  end(counts: Counts): void;
}

/** Powertools keeps whether this is the first call to itself, and would give its own metric a dimension more. */
class FunctionMetrics extends Metrics {
  isFirstCall(): boolean {
    return this.getColdStart();
  }
}

/**
 * A meter that writes CloudWatch metrics as lines of the log (embedded metric format, by Powertools for AWS Lambda):
 * namespace `Darkroom`, dimensions `environment` and `function`.
 *
 * | metric | meaning |
 * |---|---|
 * | ImagesProcessed, ImagesQuarantined, ImagesSkipped, ImagesFailed | images of a call by how they ended |
 * | Bytes | bytes of the images worked on in a call |
 * | ProcessingMilliseconds | one value an image: time in the image code |
 * | ImagesRefused | with a third dimension `reason`: images refused for good |
 * | ColdStart | 1 for the first call of a function's process |
 */
export function createMeter(dimensions: { readonly environment: string; readonly function: string }): Meter {
  const metrics = new FunctionMetrics({ namespace: "Darkroom" });
  // Powertools' own dimension would name the same as the namespace.
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions({ ...dimensions });
  let bytesInAll = 0;
  let refusals = new Map<string, number>();
  return {
    begin() {
      bytesInAll = 0;
      refusals = new Map();
      if (metrics.isFirstCall()) metrics.addMetric("ColdStart", MetricUnit.Count, 1);
    },
    worked(bytes, milliseconds) {
      bytesInAll += bytes;
      metrics.addMetric("ProcessingMilliseconds", MetricUnit.Milliseconds, milliseconds);
    },
    refused(reason) {
      refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
    },
    end({ processed, quarantined, skipped, failed }) {
      metrics.addMetric("ImagesProcessed", MetricUnit.Count, processed);
      metrics.addMetric("ImagesQuarantined", MetricUnit.Count, quarantined);
      metrics.addMetric("ImagesSkipped", MetricUnit.Count, skipped);
      metrics.addMetric("ImagesFailed", MetricUnit.Count, failed);
      metrics.addMetric("Bytes", MetricUnit.Bytes, bytesInAll);
      metrics.publishStoredMetrics();
      for (const [reason, count] of refusals) {
        metrics.addDimension("reason", reason).addMetric("ImagesRefused", MetricUnit.Count, count);
        metrics.publishStoredMetrics();
      }
    },
  };
}
