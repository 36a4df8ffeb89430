//! How spans go from one process to another of the same build: as two numbers.

/// A [`Span`] as two numbers.
pub(crate) mod span {
    use letterbook::span::Span;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(span: &Span, to: S) -> Result<S::Ok, S::Error> {
        (span.start, span.end).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Span, D::Error> {
        <(usize, usize)>::deserialize(from).map(|(start, end)| Span { start, end })
    }
}

/// A [`Span`] that may be absent, as two numbers or none.
pub(crate) mod maybe_span {
    use letterbook::span::Span;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(span: &Option<Span>, to: S) -> Result<S::Ok, S::Error> {
        span.map(|s| (s.start, s.end)).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Span>, D::Error> {
        let span = <Option<(usize, usize)>>::deserialize(from)?;
        Ok(span.map(|(start, end)| Span { start, end }))
    }
}
