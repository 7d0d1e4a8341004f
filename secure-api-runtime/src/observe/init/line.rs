//! A line of JSON, in which the ids of a request have one place, whoever says it.

use std::fmt;

use serde_json::{Map, Value};
use tracing::{Event, Subscriber};
use tracing_subscriber::{
    fmt::{
        FmtContext, FormattedFields,
        format::{Format, FormatEvent, Json, JsonFields, Writer},
    },
    registry::{LookupSpan, SpanRef},
};

/// The fields of a request's span that each line has which is said within it.
const IDS: [&str; 3] = ["request_id", "trace_id", "span_id"];

/// The format of lines of JSON.
pub(super) struct Line {
    /// Format of a line that is in no span but that of its request, whose ids stand beside its own fields.
    plain: Format<Json>,
    /// Format of a line that is in another span as well, which has a place of its own.
    within: Format<Json>,
}

impl Line {
    pub(super) fn new() -> Self {
        let json = || tracing_subscriber::fmt::format().json().flatten_event(true);
        let alone = || json().with_span_list(false);
        Self { plain: alone().with_current_span(false), within: alone() }
    }
}

impl<S> FormatEvent<S, JsonFields> for Line
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, JsonFields>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let inner = context.lookup_current().filter(|span| !is_request(span));
        let format = if inner.is_some() { &self.within } else { &self.plain };
        let mut line = String::new();
        format.format_event(context, Writer::new(&mut line), event)?;
        let mut scope = context.event_scope().into_iter().flatten();
        let Some(request) = scope.find(is_request) else { return writer.write_str(&line) };
        // An object, and the end of the line.
        let line = line.trim_end().strip_suffix('}').unwrap_or_default();
        writer.write_str(line)?;
        for (name, id) in ids(&request) {
            // Lines of the framework have some by themselves.
            if event.metadata().fields().field(name).is_none() {
                write!(writer, ",\"{name}\":{id}")?;
            }
        }
        writer.write_str("}\n")
    }
}

/// Returns `true` for the span of a request.
fn is_request<S: for<'span> LookupSpan<'span>>(span: &SpanRef<'_, S>) -> bool {
    span.name() == "request" && span.metadata().target() == "secure_api::request"
}

/// Returns the ids of a request, as its span has them.
fn ids<S: for<'span> LookupSpan<'span>>(
    request: &SpanRef<'_, S>,
) -> impl Iterator<Item = (&'static str, Value)> {
    let extensions = request.extensions();
    let fields = extensions.get::<FormattedFields<JsonFields>>();
    let fields: Option<Map<String, Value>> =
        fields.and_then(|fields| serde_json::from_str(fields).ok());
    let mut fields = fields.unwrap_or_default();
    IDS.into_iter().filter_map(move |name| Some((name, fields.remove(name)?)))
}
