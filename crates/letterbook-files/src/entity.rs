//! Tokens of HTML, and what its character references stand for; XML borrows the latter.

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// The tokens of a page, each with its bytes.
pub(crate) fn tokens(html: &str) -> impl Iterator<Item = Token<usize>> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter).map(|token| match token {
        Ok(token) => token,
        Err(never) => match never {},
    })
}

/// What a character reference such as `&eacute;` stands for; itself when it stands for nothing.
pub(crate) fn reference(raw: &str) -> String {
    tokens(raw)
        .filter_map(|t| match t {
            Token::String(s) => Some(String::from_utf8_lossy(&s.value).into_owned()),
            _ => None,
        })
        .collect()
}
