//! The context that an answer is made with, and the JSON of one resource or a page.

use std::fmt;

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};

use super::{Answered, Projection, link::links, projection::fitting};
use crate::{
    error::{Problem, problem},
    rendered::Rendered,
    route::{
        call::{Context, Reading, etag},
        facts::{PageShape, ShownTo},
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
        let mut output = self.context.output(256);
        let only = self.context.only.as_deref();
        Fields::object_of(&mut output, only, |fields| project(resource, fields));
        json(self.context, status, output)
    }

    pub(super) fn page<'r>(
        &self,
        resources: impl Iterator<Item = &'r R>,
        (next, number): (Option<&str>, Option<u64>),
        total: Option<u64>,
    ) -> Answered {
        let shape = self.context.route.options.page.unwrap_or(PageShape::USUAL);
        if total.is_some() != shape.total.is_some() {
            return Err(untotalled(total));
        }
        let is_numbered = shape.links.is_some() && shape.links != PageShape::BY_CURSOR;
        if number.is_some() && !is_numbered {
            let why = "the next page has a number, and no `page(links = …)` names its parameter";
            return Err(Problem::new(&problem::INTERNAL).because(why));
        }
        if next.is_some() && shape.next.is_none() && shape.links.is_none() {
            let why = "more follows, and nothing of the page's form says where";
            return Err(Problem::new(&problem::INTERNAL).because(why));
        }
        let mut output = self.context.output(1024);
        // Names of members have nothing to escape: they are asked when they are written.
        if let Some(items) = shape.items {
            output.push("{\"");
            output.push(items);
            output.push("\":");
        }
        self.list(&mut output, resources)?;
        if let (Some(name), Some(next)) = (shape.next, next) {
            // Neither has a cursor: it is base64url.
            output.push(",\"");
            output.push(name);
            output.push("\":\"");
            output.push(next);
            output.push("\"");
        }
        if let (Some(name), Some(total)) = (shape.total, total) {
            output.push(",\"");
            output.push(name);
            output.push("\":");
            output.push(&total.to_string());
        }
        if shape.items.is_some() {
            output.push("}");
        }
        let mut rendered = json(self.context, StatusCode::OK, output)?;
        let asked = self.context.asked.as_deref().unwrap_or_default();
        let number = number.map(|number| number.to_string());
        if let Some(by) = shape.links
            && let Some(links) =
                links((by, self.context.route.demands(by)), asked, number.as_deref().or(next))
        {
            rendered.field(header::LINK, links);
        }
        Ok(rendered)
    }

    /// Renders free JSON.
    pub(super) fn free(&self, text: &str, depth: usize) -> Answered {
        let mut output = self.context.output(text.len());
        output.free(text, depth);
        json(self.context, StatusCode::OK, output)
    }

    /// Renders a bare list. Those that may not leave are left out, and count: so many were found.
    pub(super) fn array<'r>(
        &self,
        resources: impl ExactSizeIterator<Item = Option<&'r R>>,
        most: usize,
    ) -> Answered {
        bounded("list", resources.len(), most)?;
        let mut output = self.context.output(1024);
        self.list(&mut output, resources.flatten())?;
        json(self.context, StatusCode::OK, output)
    }

    /// Renders a map. Those that may not leave are left out with their names, and count.
    pub(super) fn map<'r>(
        &self,
        entries: impl ExactSizeIterator<Item = (&'r String, Option<&'r R>)>,
        most: usize,
    ) -> Answered {
        bounded("map", entries.len(), most)?;
        let (mut output, only) = (self.context.output(1024), self.context.only.as_deref());
        output.push("{");
        let shown = entries.filter_map(|(name, resource)| Some((name, resource?)));
        for (nth, (name, resource)) in shown.enumerate() {
            if nth > 0 {
                output.push(",");
            }
            output.text(name);
            output.push(":");
            let project = self.leaves(resource)?;
            Fields::object_of(&mut output, only, |fields| project(resource, fields));
        }
        output.push("}");
        json(self.context, StatusCode::OK, output)
    }

    fn list<'r>(
        &self,
        output: &mut Output,
        resources: impl Iterator<Item = &'r R>,
    ) -> Result<(), Problem> {
        let only = self.context.only.as_deref();
        output.push("[");
        let mut first = true;
        for resource in resources {
            if !first {
                output.push(",");
            }
            first = false;
            let project = self.leaves(resource)?;
            Fields::object_of(output, only, |fields| project(resource, fields));
        }
        output.push("]");
        Ok(())
    }
}

/// Refuses an answer of more than its type has room for.
fn bounded(what: &str, found: usize, most: usize) -> Result<(), Problem> {
    if found <= most {
        return Ok(());
    }
    Err(Problem::new(&problem::INTERNAL).because(format!(
        "the answer is a {what} of {found} items, and its type has room for {most}"
    )))
}

/// Renders JSON. A read has an entity tag, by which its conditions are evaluated: a caller that has the representation gets 304
/// (RFC 9110, section 13).
pub(super) fn json(context: &Context, status: StatusCode, output: Output) -> Answered {
    let body = output.into_bytes()?;
    let media = match crate::weakened::is("content-type") {
        true => "text/html",
        false => context.json_type(),
    };
    let json = |body| Rendered::of(status, HeaderValue::from_static(media), body);
    let Context { route, conditions, headers, .. } = context;
    if !route.verb.is_safe() {
        return Ok(json(Bytes::from(body)));
    }
    let tag = etag::of(&body);
    let mut rendered = match conditions.of_read(headers, &tag)? {
        Reading::Shown => json(Bytes::from(body)),
        Reading::Known => Rendered::empty(StatusCode::NOT_MODIFIED),
    };
    rendered.field(header::ETAG, tag);
    Ok(rendered)
}

/// Refuses a page whose total is told nowhere, and one that should tell it and does not.
fn untotalled(total: Option<u64>) -> Problem {
    Problem::new(&problem::INTERNAL).because(match total {
        Some(_) => "the page has a total, and `page(total = …)` names no member for it",
        None => {
            "`page(total = …)` names a member, and the page has no total: `Page::total` states it"
        }
    })
}
