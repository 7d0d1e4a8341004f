//! Bodies without fields as arguments: bytes, text, and what is in a file.

use super::{Argument, Decoded};
use crate::{
    error::{Problem, problem},
    input::{Drafts, RawBody, TextBody, media_type_of},
    route::{
        call::Context,
        facts::{ArgumentFacts, ArgumentInfo, RawFacts, RawForm},
    },
    value::StreamedBody,
    verb::TakesBody,
};

/// Returns the facts of a body without fields.
const fn taking(raw: RawFacts) -> ArgumentFacts {
    ArgumentFacts { takes_body: true, raw: Some(raw), ..ArgumentFacts::PLAIN }
}

impl Context {
    /// Returns the media type of the body. The pipeline has looked if it is one of those that the route states.
    fn media_type(&self, form: RawForm) -> Result<&'static str, Problem> {
        let types = self.route.raw_types(form);
        let sent = media_type_of(&self.headers, types);
        let unstated = || Problem::new(&problem::UNSUPPORTED_MEDIA_TYPE);
        sent.ok_or_else(unstated)
    }
}

impl<V: TakesBody, const MOST: usize> Argument<V> for RawBody<MOST> {
    const FACTS: ArgumentFacts = taking(RawFacts { form: RawForm::Bytes, most: MOST });

    fn describe() -> ArgumentInfo {
        ArgumentInfo::RawBody(RawFacts { form: RawForm::Bytes, most: MOST })
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        let media_type = context.media_type(RawForm::Bytes)?;
        let kinds = context.route.body_kinds();
        Ok(Decoded::now(Self::of_kinds(context.body.clone(), media_type, kinds)?))
    }
}

impl<V: TakesBody, const MOST: usize> Argument<V> for TextBody<MOST> {
    const FACTS: ArgumentFacts = taking(RawFacts { form: RawForm::Text, most: MOST });

    fn describe() -> ArgumentInfo {
        ArgumentInfo::RawBody(RawFacts { form: RawForm::Text, most: MOST })
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Self::read(&context.body)?))
    }
}

impl<V: TakesBody, const MOST: usize> Argument<V> for StreamedBody<MOST> {
    const FACTS: ArgumentFacts = taking(RawFacts { form: RawForm::File, most: MOST });

    fn describe() -> ArgumentInfo {
        ArgumentInfo::RawBody(RawFacts { form: RawForm::File, most: MOST })
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        let media_type = context.media_type(RawForm::File)?;
        let missing = || Problem::new(&problem::INTERNAL).because("the body is in no file");
        let spooled = context.spooled.take().ok_or_else(missing)?;
        context.drafts = Drafts::of_request();
        Ok(Decoded::now(Self::new(spooled, media_type, context.drafts.clone())))
    }
}
