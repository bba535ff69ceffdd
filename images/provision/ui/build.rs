//! Compiles the screens.

use std::{collections::HashMap, path::PathBuf};

fn main() {
    let manifest = std::env::var("CARGO_MANIFEST_DIR").expect("Cargo names the manifest's folder");
    let shared = PathBuf::from(manifest).join("../../../shared");
    let libraries = HashMap::from([("shared".to_owned(), shared.join("ui"))]);
    let config = slint_build::CompilerConfiguration::new()
        .with_style("fluent-light".into())
        .embed_resources(slint_build::EmbedResourcesKind::EmbedFiles)
        .with_library_paths(libraries)
        .with_bundled_translations(shared.join("lang"))
        .with_default_translation_context(slint_build::DefaultTranslationContext::None)
        // Element identities let the stories find controls by their labels.
        .with_debug_info(true);
    slint_build::compile_with_config("provision.slint", config).expect("the screens compile");
}
