//! Compiles the bench panel.

fn main() {
    let config = slint_build::CompilerConfiguration::new().with_style("fluent-light".into());
    slint_build::compile_with_config("dock.slint", config).expect("the panel compiles");
}
