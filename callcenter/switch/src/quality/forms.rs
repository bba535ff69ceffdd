//! The center's quality forms, read from files beside the settings.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use figures::{Form, FormError};

/// What is wrong with the forms. The switch does not open with them.
#[derive(Debug, thiserror::Error)]
pub enum FormsError {
    #[error("cannot read the quality form {}", .0.display())]
    Read(PathBuf, #[source] io::Error),
    #[error("the quality form {} is not written as it should be", .0.display())]
    Syntax(PathBuf, #[source] toml::de::Error),
    #[error("nobody can judge by the quality form {}", .0.display())]
    Form(PathBuf, #[source] FormError),
    #[error("version {version} of the quality form {id:?} is there twice")]
    Twice { id: String, version: u32 },
}

/// The first is the one by which talks are judged now; by the others they were.
#[derive(Clone, Debug, Default)]
pub struct Forms(Vec<Form>);

impl Forms {
    /// Reads and checks them all.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn read(files: &[PathBuf]) -> Result<Self, FormsError> {
        let mut forms: Vec<Form> = Vec::new();
        for file in files {
            let form = read(file)?;
            let is_same = |it: &Form| it.id == form.id && it.version == form.version;
            if forms.iter().any(is_same) {
                let Form { id, version, .. } = form;
                return Err(FormsError::Twice { id, version });
            }
            forms.push(form);
        }
        Ok(Self(forms))
    }

    pub(super) fn current(&self) -> Option<&Form> {
        self.0.first()
    }

    pub(super) fn of(&self, id: &str, version: u32) -> Option<&Form> {
        let is_it = |it: &&Form| it.id == id && it.version == version;
        self.0.iter().find(is_it)
    }

    #[cfg(test)]
    pub(super) fn of_forms(forms: Vec<Form>) -> Self {
        Self(forms)
    }
}

fn read(file: &Path) -> Result<Form, FormsError> {
    let text = fs::read_to_string(file).map_err(|error| FormsError::Read(file.into(), error))?;
    let form: Form =
        toml::from_str(&text).map_err(|error| FormsError::Syntax(file.into(), error))?;
    form.check()
        .map_err(|error| FormsError::Form(file.into(), error))?;
    Ok(form)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const EXAMPLE: &str = include_str!("../../quality.example.toml");

    /// What comes of files with these words.
    fn opened(files: &[&str]) -> Result<Forms, FormsError> {
        let folder = tempfile::tempdir().unwrap();
        let write = |(number, text): (usize, &&str)| {
            let file = folder.path().join(format!("form-{number}.toml"));
            fs::write(&file, text).unwrap();
            file
        };
        let files: Vec<PathBuf> = files.iter().enumerate().map(write).collect();
        Forms::read(&files)
    }

    #[test]
    fn the_example_is_a_form_and_stands_beside_its_earlier_version() {
        let earlier = EXAMPLE.replace("version = 1", "version = 0");
        let forms = opened(&[EXAMPLE, &earlier]).unwrap();

        let current = forms.current().unwrap();
        assert_eq!((current.id.as_str(), current.version), ("talk", 1));
        assert!(forms.of("talk", 0).is_some() && forms.of("talk", 2).is_none());
    }

    #[test]
    fn a_form_that_cannot_be_used_says_which_and_why() {
        let missing = Forms::read(&[PathBuf::from("nowhere.toml")]).unwrap_err();
        assert!(missing.to_string().contains("nowhere.toml"));

        let misspelled = EXAMPLE.replace("weight", "wieght");
        assert!(matches!(
            opened(&[&misspelled]),
            Err(FormsError::Syntax(..))
        ));
        let worthless = EXAMPLE.replacen("best = 5", "best = 0", 1);
        assert!(matches!(
            opened(&[EXAMPLE, &worthless]),
            Err(FormsError::Form(_, FormError::Worthless(_)))
        ));
        assert!(matches!(
            opened(&[EXAMPLE, EXAMPLE]),
            Err(FormsError::Twice { version: 1, .. })
        ));
    }
}
