//! The words of a view, which come to the screens in the citizen's language.

use kiosk::visit::{CatalogLanguage, Language};

#[derive(Clone, Copy)]
pub(crate) struct Words(pub(crate) Language);

impl Words {
    /// Out of the catalogue, in the language it speaks to this citizen.
    pub(crate) fn say(self, ko: &str, en: &str) -> String {
        match self.0.of_catalog() {
            CatalogLanguage::Korean => ko.to_owned(),
            CatalogLanguage::English => en.to_owned(),
        }
    }

    /// From the visit itself, in the order of [`Language::ALL`].
    pub(crate) fn in_all(self, words: [&str; 6]) -> String {
        words[self.0 as usize].to_owned()
    }

    pub(crate) fn won(self, amount: &str) -> String {
        let unit = self.in_all(["원", " won", "韩元", " won", "ウォン", " وون"]);
        format!("{amount}{unit}")
    }
}
