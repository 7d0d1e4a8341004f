//! The context that an answer is made with, and the JSON of one resource or a page.

use std::fmt;

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};

use super::{Answered, Projection, projection::fitting};
use crate::{
    error::Problem,
    rendered::Rendered,
    route::{
        call::{Context, etag},
        facts::ShownTo,
    },
    view::{Fields, Output},
};

/// The context that an answer is made with: the request, and the route's views.
pub(super) struct AnswerContext<'a, R: 'static> {
    context: &'a Context,
    arms: &'static [Projection<R>],
}

impl<R> fmt::Debug for AnswerContext<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnswerContext").finish_non_exhaustive()
    }
}

impl<'a, R> AnswerContext<'a, R> {
    /// Creates the context of the answer to this request.
    pub(super) fn new(context: &'a Context, arms: &'static [Projection<R>]) -> Self {
        Self { context, arms }
    }

    /// Returns the projection of a resource that leaves. What is shown to its owner leaves once: no repetition shows it.
    fn leaves(&self, resource: &R) -> Result<fn(&R, &mut Fields<'_>), Problem> {
        let arm = fitting(self.context, self.arms, resource)?;
        if let (ShownTo::Owner, Some(passage)) = (arm.used.to, &self.context.passage) {
            passage.shows_the_owner();
        }
        Ok(arm.project)
    }

    pub(super) fn one(&self, status: StatusCode, resource: &R) -> Answered {
        let project = self.leaves(resource)?;
        let mut output = Output::new(self.context.version_index, 256);
        let only = self.context.only.as_deref();
        Fields::object_of(&mut output, only, |fields| project(resource, fields));
        self.json(status, output)
    }

    pub(super) fn page<'r>(
        &self,
        resources: impl Iterator<Item = &'r R>,
        next: Option<&str>,
    ) -> Answered {
        let only = self.context.only.as_deref();
        let mut output = Output::new(self.context.version_index, 1024);
        output.push("{\"items\":[");
        let mut first = true;
        for resource in resources {
            if !first {
                output.push(",");
            }
            first = false;
            let project = self.leaves(resource)?;
            Fields::object_of(&mut output, only, |fields| project(resource, fields));
        }
        output.push("]");
        if let Some(next) = next {
            // A cursor has nothing to escape: it is base64url.
            output.push(",\"next\":\"");
            output.push(next);
            output.push("\"");
        }
        output.push("}");
        self.json(StatusCode::OK, output)
    }

    /// Renders JSON. A read has an entity tag, and a caller that has the representation gets 304 (RFC 9110, section
    /// 13).
    pub(super) fn json(&self, status: StatusCode, output: Output) -> Answered {
        let body = output.into_bytes()?;
        let tag = self.context.route.verb.is_safe().then(|| etag::of(&body));
        let known = tag.as_ref().is_some_and(|tag| etag::is_known(&self.context.headers, tag));
        let mut rendered = if known {
            Rendered::empty(StatusCode::NOT_MODIFIED)
        } else {
            let json = HeaderValue::from_static("application/json");
            Rendered::of(status, json, Bytes::from(body))
        };
        if let Some(tag) = tag {
            rendered.field(header::ETAG, tag);
        }
        Ok(rendered)
    }
}
