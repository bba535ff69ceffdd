//! Reads a scenario of any kind out of its file's text.

use serde::de::DeserializeOwned;

use crate::{ScenarioError, scenario_error::Wrong};

/// `file` is its name without ending, which is the scenario's `id`, too; `check` says
/// what is wrong with what has the form.
///
/// # Errors
/// When it does not have the form, or is checked in vain.
pub(crate) fn read<S: DeserializeOwned>(
    file: &str,
    text: &str,
    id: impl FnOnce(&S) -> &str,
    check: impl FnOnce(&S) -> Result<(), Wrong>,
) -> Result<S, ScenarioError> {
    let wrong = |what| ScenarioError {
        file: file.to_owned(),
        what,
    };
    let scenario: S = toml::from_str(text)
        .map_err(|error| wrong(Wrong::Form(error.to_string().trim_end().to_owned())))?;
    let named = id(&scenario);
    if named != file {
        return Err(wrong(Wrong::Id(named.to_owned())));
    }
    check(&scenario).map_err(wrong)?;
    Ok(scenario)
}
