//! Inputs as arguments: a body in each of its forms, the query, header fields and cookies.

use http::header;

use super::{Argument, Decoded, source::Source};
use crate::{
    error::Problem,
    input::{
        Body, Cookies, Form, Headers, Input, Json, Media, Parts, Patch, Query, Reads, Upload,
        contents_of, of_cookies, of_headers,
    },
    route::{
        call::Context,
        facts::{ArgumentFacts, ArgumentInfo},
    },
    shape::Shape,
    verb::{ChangesPart, TakesBody},
};

impl<V: TakesBody, T: Body + Send + 'static> Argument<V> for Json<T> {
    const FACTS: ArgumentFacts = ArgumentFacts {
        takes_body: true,
        reads: T::READS,
        contents: contents_of::<T>(),
        ..ArgumentFacts::PLAIN
    };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::body(T::body_shape(), Media::Json)
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Source::Json(context.body.clone()).decode(context, Self)
    }
}

impl<V: TakesBody, T: Body + Send + 'static> Argument<V> for Option<Json<T>> {
    const FACTS: ArgumentFacts =
        ArgumentFacts { optional_body: true, ..<Json<T> as Argument<V>>::FACTS };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Body { shape: T::body_shape(), media: Media::Json, optional: true }
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        // Whoever announces a body has one, also of no bytes.
        let is_announced = context.headers.contains_key(header::CONTENT_TYPE);
        if context.body.is_empty() && (!is_announced || crate::weakened::is("announced")) {
            return Ok(Decoded::now(None));
        }
        Source::Json(context.body.clone()).decode(context, |input| Some(Json(input)))
    }
}

/// Returns the facts of an argument that reads fields in a form that demands something of them.
const fn reading<T: Input>(reads: Reads) -> ArgumentFacts {
    let reads = if T::IS_SOUND { reads } else { Reads::Unknown };
    ArgumentFacts { reads, contents: contents_of::<T>(), ..ArgumentFacts::PLAIN }
}

impl<V: ChangesPart, T: Input + Send + 'static> Argument<V> for Patch<T> {
    const FACTS: ArgumentFacts =
        ArgumentFacts { takes_body: true, ..reading::<T>(Reads::Merging(T::FIELDS)) };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::body(Shape::Object(T::patch_shape()), Media::MergePatch)
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Source::Patch(context.body.clone()).decode(context, Self)
    }
}

impl<V: TakesBody, T: Input + Send + 'static> Argument<V> for Form<T> {
    const FACTS: ArgumentFacts =
        ArgumentFacts { takes_body: true, ..reading::<T>(Reads::Flat(T::FIELDS)) };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::body(Shape::Object(T::object_shape()), Media::Form)
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Source::Form(context.body.clone()).decode(context, Self)
    }
}

impl<V: TakesBody, T: Input + Send + 'static> Argument<V> for Upload<T> {
    const FACTS: ArgumentFacts =
        ArgumentFacts { takes_body: true, ..reading::<T>(Reads::Parts(T::FIELDS)) };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::body(Shape::Object(T::object_shape()), Media::Multipart)
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        let media_type = context.headers.get(header::CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut parts = Parts::read(media_type, std::mem::take(&mut context.body), T::FIELDS)?;
        context.drafts = parts.of_request();
        if context.passage.is_some() {
            // Whether a request is a repeated one is asked later, of what stands for its body.
            context.body = parts.digest();
        }
        Source::Upload(parts).decode(context, Self)
    }
}

impl<V, T: Input + Send + 'static> Argument<V> for Query<T> {
    const FACTS: ArgumentFacts = reading::<T>(Reads::Flat(T::FIELDS));

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Query(T::object_shape())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Source::Query(std::mem::take(&mut context.query)).decode(context, Self)
    }
}

impl<V, T: Input + Send + 'static> Argument<V> for Headers<T> {
    const FACTS: ArgumentFacts = reading::<T>(Reads::Headers(T::FIELDS));

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Headers(T::object_shape())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Source::Headers(of_headers(T::FIELDS, &context.headers)).decode(context, Self)
    }
}

impl<V, T: Input + Send + 'static> Argument<V> for Cookies<T> {
    const FACTS: ArgumentFacts = reading::<T>(Reads::Cookies(T::FIELDS));

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Cookies(T::object_shape())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Source::Cookies(of_cookies(T::FIELDS, &context.headers)).decode(context, Self)
    }
}
