//! The plain names of kinds, as the record's JSON writes them.

use serde::Serialize;
use serde_json::Value;

/// The name that `kind` has in the record; empty when it is not a plain name there.
pub(crate) fn name<K: Serialize>(kind: &K) -> String {
    match serde_json::to_value(kind) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}
