//! Kernel modules and libraries, and what they lean on.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use images::{
    kernel::{Kernel, KernelError, leans_on},
    libraries::{self, LibraryError},
};
use tempfile::TempDir;

/// A module as its section `.modinfo` has it, amid other bytes.
fn module(folder: &Path, path: &str, depends: &str) {
    let file = folder.join("lib/modules/6.1/kernel").join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let text = format!("\u{7f}ELF\0license=GPL\0depends={depends}\0name=x\0");
    fs::write(file, text).unwrap();
}

fn kernel(folder: &Path) -> Kernel {
    fs::create_dir_all(folder.join("boot")).unwrap();
    fs::write(folder.join("boot/vmlinuz-6.1"), "").unwrap();
    let built_in = folder.join("lib/modules/6.1/modules.builtin");
    fs::write(built_in, "kernel/drivers/input/input-core.ko\n").unwrap();
    Kernel::read(folder).unwrap()
}

fn names(kernel: &Kernel, wanted: &[&str]) -> Result<Vec<String>, KernelError> {
    let wanted: Vec<String> = wanted.iter().map(|it| (*it).to_owned()).collect();
    let files = kernel.in_order(&wanted)?;
    let name = |it: &std::path::PathBuf| it.file_name().unwrap().to_str().unwrap().to_owned();
    Ok(files.iter().map(name).collect())
}

#[test]
fn a_module_comes_after_all_it_leans_on_and_each_comes_once() {
    let folder = TempDir::new().unwrap();
    module(folder.path(), "gpu/virtio-gpu.ko", "virtio,drm,input-core");
    module(folder.path(), "virtio/virtio.ko", "");
    module(folder.path(), "gpu/drm.ko", "");
    module(folder.path(), "net/virtio_net.ko", "virtio");
    let kernel = kernel(folder.path());

    let order = names(&kernel, &["virtio_gpu", "virtio_net"]).unwrap();

    assert_eq!(
        order,
        ["virtio.ko", "drm.ko", "virtio-gpu.ko", "virtio_net.ko"]
    );
}

#[test]
fn what_the_kernel_does_not_have_or_cannot_load_is_named() {
    let folder = TempDir::new().unwrap();
    module(folder.path(), "a.ko", "b");
    module(folder.path(), "b.ko", "a");
    module(folder.path(), "c.ko.xz", "");
    let kernel = kernel(folder.path());

    assert!(matches!(
        names(&kernel, &["a"]),
        Err(KernelError::Circle(_))
    ));
    assert!(matches!(
        names(&kernel, &["c"]),
        Err(KernelError::Compressed(_))
    ));
    let Err(KernelError::NoModule(name)) = names(&kernel, &["no-such"]) else {
        panic!("it is there");
    };
    assert_eq!(name, "no_such");
    assert!(names(&kernel, &["input_core"]).unwrap().is_empty());
}

#[test]
fn two_kernels_in_one_folder_are_one_too_many() {
    let folder = TempDir::new().unwrap();
    module(folder.path(), "a.ko", "");
    kernel(folder.path());
    fs::write(folder.path().join("boot/vmlinuz-6.2"), "").unwrap();

    let refused = Kernel::read(folder.path()).unwrap_err();

    assert!(matches!(refused, KernelError::NotOne(_)), "{refused}");
}

#[test]
fn what_is_no_module_leans_on_nothing() {
    assert!(leans_on(b"").is_empty());
    assert!(leans_on(b"\0depends=").is_empty());
    assert!(leans_on(b"\0depends=\0").is_empty());
    assert_eq!(leans_on(b"\0depends=a,b"), ["a", "b"]);
}

#[test]
fn what_ldd_says_is_read_line_by_line() {
    let told = "\tlinux-vdso.so.1 (0x00007ffd)\n\
                \tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f)\n\
                \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)\n\
                \t/lib64/ld-linux-x86-64.so.2 (0x00007f)\n";

    let files = libraries::read(told).unwrap();

    let wanted = [
        "/lib/x86_64-linux-gnu/libc.so.6",
        "/lib/x86_64-linux-gnu/libm.so.6",
        "/lib64/ld-linux-x86-64.so.2",
    ];
    assert_eq!(files, wanted.map(std::path::PathBuf::from));
    let missing = libraries::read("\tlibx.so.1 => not found\n");
    assert!(matches!(missing, Err(LibraryError::Missing(name)) if name == "libx.so.1"));
}

#[test]
fn a_program_of_this_machine_needs_its_loader() {
    let files = libraries::of_program(&std::env::current_exe().unwrap()).unwrap();

    assert!(
        files
            .iter()
            .any(|it| it.to_string_lossy().contains("/ld-linux"))
    );
    assert!(libraries::of_program(Path::new("/etc/passwd")).is_err());
}
