//! A technician's stick: a file system with the site's signed package, and releases.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use fleet::signed::{Key, sign};
use fleet::site::Site;

/// Writes a stick with these files; no more is on it.
pub(crate) fn write(folder: &Path, site: &Site, key: &Path, releases: &[&str]) -> PathBuf {
    let images = std::env::var_os("MINWON_IMAGE").expect("`make image-vm-test` runs this");
    let images = PathBuf::from(images).join("full");
    let content = folder.join("stick");
    let _ = fs::remove_dir_all(&content);
    fs::create_dir_all(&content).unwrap();
    let key = Key::from_pem(&fs::read_to_string(key).unwrap()).unwrap();
    fs::write(content.join("site.minwon"), sign(site, &key).unwrap()).unwrap();
    for version in releases {
        let into = content.join("releases");
        fs::create_dir_all(&into).unwrap();
        let mut taken = 0;
        for file in fs::read_dir(&images).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let parts = ["root.", "root-verity.", "efi", "release"];
            let wanted = parts.map(|part| format!("minwon_{version}.{part}"));
            if wanted.iter().any(|it| name.starts_with(it)) {
                fs::copy(&path, into.join(name)).unwrap();
                taken += 1;
            }
        }
        assert_eq!(
            taken, 4,
            "three files of version {version}, and its release"
        );
    }
    let stick = folder.join(format!("stick-{}.raw", releases.join("-")));
    let _ = fs::remove_file(&stick);
    let made = Command::new("mke2fs")
        .args(["-q", "-t", "ext4", "-L", "MINWON", "-d"])
        .arg(&content)
        .arg(&stick)
        .arg("400M")
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
        .status()
        .unwrap();
    assert!(made.success(), "the stick is written");
    stick
}
