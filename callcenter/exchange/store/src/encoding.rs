//! Values as JSON in the store. Errors keep the place and not the text, which
//! may be about a person.

use serde::{Serialize, de::DeserializeOwned};

use crate::StoreError;

pub(crate) fn encode(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Event(error.column()))
}

pub(crate) fn decode<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Event(error.column()))
}
