//! The text of the counts, in the format of OpenMetrics.

use std::{fmt, sync::Arc};

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeLabelSet, MetricEncoder, NoLabelSet, text},
    metrics::MetricType,
    registry::{Registry, Unit},
};

use super::{Beside, Metrics};

/// The counts that are written at one time.
#[derive(Debug)]
struct Written {
    metrics: Arc<Metrics>,
    beside: Beside,
}

/// A metric that stands by itself, or each of its lines with its labels.
type Lines<'a> = &'a mut dyn FnMut(&mut MetricEncoder<'_>) -> fmt::Result;

/// Writes all counts.
pub(crate) fn text(metrics: &Arc<Metrics>, beside: Beside) -> String {
    let mut registry = Registry::with_prefix("secure_api");
    registry.register_collector(Box::new(Written { metrics: Arc::clone(metrics), beside }));
    let mut written = String::new();
    match text::encode(&mut written, &registry) {
        Ok(()) => written,
        // A `String` takes whatever is written to it.
        Err(fmt::Error) => String::new(),
    }
}

/// Writes a counter of one line.
fn count<L: EncodeLabelSet>(
    encoder: &mut MetricEncoder<'_>,
    labels: &L,
    number: u64,
) -> fmt::Result {
    encoder.encode_family(labels)?.encode_counter::<NoLabelSet, _, u64>(&number, None)
}

impl Collector for Written {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let Self { metrics, beside } = self;
        let served = metrics.all();
        let mut counter = |name: &str, help: &str, lines: Lines<'_>| {
            lines(&mut encoder.encode_descriptor(name, help, None, MetricType::Counter)?)
        };
        counter("requests", "Requests by the class of their answer's status", &mut |lines| {
            for one in &served {
                for (class, number) in one.answers().filter(|(_, number)| *number > 0) {
                    let labels =
                        [("operation", one.operation), ("version", one.version), ("status", class)];
                    count(lines, &labels, number)?;
                }
            }
            Ok(())
        })?;
        counter(
            "refusals",
            "Refusals by their stage and the type of their problem",
            &mut |lines| {
                for ((stage, problem), number) in metrics.refusals() {
                    count(lines, &[("stage", stage), ("problem", problem)], number)?;
                }
                Ok(())
            },
        )?;
        counter("limits_reached", "Requests that a limit refused", &mut |lines| {
            for one in served.iter().filter(|one| one.limited.get() > 0) {
                let labels = [("operation", one.operation), ("version", one.version)];
                count(lines, &labels, one.limited.get())?;
            }
            Ok(())
        })?;
        counter("brownout_refusals", "Requests that an announced outage refused", &mut |lines| {
            for one in served.iter().filter(|one| one.browned_out.get() > 0) {
                let labels = [("operation", one.operation), ("version", one.version)];
                count(lines, &labels, one.browned_out.get())?;
            }
            Ok(())
        })?;
        counter("deprecated_calls", "Calls of what is deprecated", &mut |lines| {
            for one in served.iter().filter(|one| one.deprecated.get() > 0) {
                let labels = [("operation", one.operation), ("version", one.version)];
                count(lines, &labels, one.deprecated.get())?;
            }
            Ok(())
        })?;
        counter("shed_requests", "Requests that were shed, by what was too much", &mut |lines| {
            let shed = &metrics.shed;
            for (reason, number) in [
                ("requests", shed.requests.get()),
                ("content", shed.content.get()),
                ("latency", shed.latency.get()),
            ] {
                count(lines, &[("reason", reason)], number)?;
            }
            Ok(())
        })?;
        counter("upstream_calls", "Calls of other services by their outcome", &mut |lines| {
            for calls in metrics.calls() {
                for (outcome, number) in [
                    ("answered", calls.answered.get()),
                    ("unreadable", calls.unreadable.get()),
                    ("failed", calls.failed.get()),
                    ("retried", calls.retried.get()),
                ] {
                    count(lines, &[("upstream", calls.upstream), ("outcome", outcome)], number)?;
                }
            }
            Ok(())
        })?;
        counter("upstream_circuits", "Circuits that opened and closed again", &mut |lines| {
            for calls in metrics.calls() {
                for (state, number) in
                    [("opened", calls.opened.get()), ("closed", calls.closed.get())]
                {
                    count(lines, &[("upstream", calls.upstream), ("state", state)], number)?;
                }
            }
            Ok(())
        })?;
        counter("score_steps", "Steps that callers came to by their score", &mut |lines| {
            for (step, number) in beside.steps.iter().enumerate() {
                count(lines, &[("step", step.to_string())], *number)?;
            }
            Ok(())
        })?;
        counter("inventory_found", "Zombies, shadows and orphans that were found", &mut |lines| {
            count(lines, &[("kind", "zombie")], metrics.zombies.get())?;
            count(lines, &[("kind", "shadow")], metrics.shadows.get())?;
            count(lines, &[("kind", "orphan")], metrics.orphans.get())
        })?;
        let ledger = &metrics.ledger;
        let (begun, ended) = (ledger.begun.get(), ledger.ended.get());
        for (name, help, number) in [
            ("ledger_errors", "Questions that the ledger did not answer", ledger.errors.get()),
            ("ledger_outages_begun", "Outages of the ledger that limits met", begun),
            ("ledger_outages_ended", "Outages of the ledger that are over", ended),
        ] {
            counter(name, help, &mut |line| {
                line.encode_counter::<NoLabelSet, _, u64>(&number, None)
            })?;
        }
        if let Some((written, lost)) = beside.audited {
            for (name, help, number) in [
                ("audit_events", "Lines of the audit stream that were written", written),
                ("audit_losses", "Events that have no line in the audit stream", lost),
            ] {
                counter(name, help, &mut |line| {
                    line.encode_counter::<NoLabelSet, _, u64>(&number, None)
                })?;
            }
        }
        #[cfg(feature = "tls")]
        if let Some(certificates) = metrics.certificates.get() {
            let (renewed, unusable) = (certificates.renewed.get(), certificates.unusable.get());
            for (name, help, number) in [
                ("certificate_renewals", "Certificates that took the place of another", renewed),
                ("certificate_failures", "Certificates that were to, and cannot be used", unusable),
            ] {
                counter(name, help, &mut |line| {
                    line.encode_counter::<NoLabelSet, _, u64>(&number, None)
                })?;
            }
            let help = "Time at which a certificate ends, since 1970";
            let kind = MetricType::Gauge;
            let mut ends =
                encoder.encode_descriptor("certificate_end", help, Some(&Unit::Seconds), kind)?;
            for (host, end) in certificates.all() {
                ends.encode_family(&[("host", host)])?.encode_gauge(&end)?;
            }
        }
        let mut gauge = |name: &str, help: &str, number: u64| {
            encoder.encode_descriptor(name, help, None, MetricType::Gauge)?.encode_gauge(&number)
        };
        gauge(
            "ledger_outage",
            "1 while limits meet no ledger",
            begun.saturating_sub(ended).min(1),
        )?;
        gauge(
            "inventory_outage",
            "1 while the live inventory cannot be kept",
            u64::from(beside.unkept),
        )?;
        let (requests, bytes) = beside.load;
        gauge("running_requests", "Requests that run", requests as u64)?;
        gauge("buffered_bytes", "Bytes of bodies and answers that are held", bytes as u64)?;
        gauge(
            "remembered_credentials",
            "Credentials that need not be verified again",
            beside.remembered as u64,
        )?;
        let mut times = encoder.encode_descriptor(
            "request_duration",
            "Time from a request's head to its answer's head",
            Some(&Unit::Seconds),
            MetricType::Histogram,
        )?;
        for one in &served {
            let buckets = one.latency.buckets();
            let number = buckets.iter().map(|(_, number)| number).sum::<u64>();
            if number == 0 {
                continue;
            }
            let labels = [("operation", one.operation), ("version", one.version)];
            let seconds = one.latency.seconds();
            times
                .encode_family(&labels)?
                .encode_histogram::<NoLabelSet>(seconds, number, &buckets, None)?;
        }
        Ok(())
    }
}
