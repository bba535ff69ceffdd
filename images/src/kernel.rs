//! The modules of a kernel as a distribution packs it, and which of them lean on which.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// Folders of modules are not deeper; a circle of links would be.
const DEPTH_MAX: usize = 12;

#[derive(Debug, thiserror::Error)]
pub enum KernelError {
    #[error("{0} cannot be read")]
    Read(PathBuf, #[source] io::Error),
    #[error("{0} holds not one kernel with its modules")]
    NotOne(PathBuf),
    #[error("the kernel has no module {0}")]
    NoModule(String),
    #[error("{0} is compressed; the tiny image loads modules as they are")]
    Compressed(PathBuf),
    #[error("modules lean on each other in a circle, at {0}")]
    Circle(String),
}

/// A kernel's files, unpacked.
#[derive(Clone, Debug)]
pub struct Kernel {
    pub image: PathBuf,
    modules: BTreeMap<String, PathBuf>,
    built_in: Vec<String>,
}

impl Kernel {
    /// `root` holds `boot` and `lib/modules` of one kernel.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn read(root: &Path) -> Result<Self, KernelError> {
        let boot = root.join("boot");
        let images = children(&boot)?.into_iter().filter(|it| {
            it.file_name()
                .is_some_and(|name| name.as_encoded_bytes().starts_with(b"vmlinuz"))
        });
        let image = only(images, &boot)?;
        let folder = root.join("lib/modules");
        let folder = only(children(&folder)?.into_iter(), &folder)?;
        let mut modules = BTreeMap::new();
        collect(&folder.join("kernel"), DEPTH_MAX, &mut modules)?;
        let built_in = folder.join("modules.builtin");
        let built_in = fs::read_to_string(&built_in)
            .map_err(|error| KernelError::Read(built_in.clone(), error))?;
        let built_in = built_in
            .lines()
            .filter_map(|line| Some(name_of(Path::new(line))?.0))
            .collect();
        Ok(Self {
            image,
            modules,
            built_in,
        })
    }

    /// The files of these modules and of all they lean on, in the order of loading.
    ///
    /// # Errors
    /// When a module does not exist or cannot be loaded as it is.
    pub fn in_order(&self, wanted: &[String]) -> Result<Vec<PathBuf>, KernelError> {
        let mut files = Vec::new();
        for name in wanted {
            self.add(name, &mut Vec::new(), &mut files)?;
        }
        Ok(files)
    }

    fn add(
        &self,
        name: &str,
        above: &mut Vec<String>,
        files: &mut Vec<PathBuf>,
    ) -> Result<(), KernelError> {
        let name = name.replace('-', "_");
        if self.built_in.contains(&name) {
            return Ok(());
        }
        if above.contains(&name) {
            return Err(KernelError::Circle(name));
        }
        let file = self
            .modules
            .get(&name)
            .ok_or_else(|| KernelError::NoModule(name.clone()))?;
        if files.contains(file) {
            return Ok(());
        }
        if file.extension().is_none_or(|it| it != "ko") {
            return Err(KernelError::Compressed(file.clone()));
        }
        let content = fs::read(file).map_err(|error| KernelError::Read(file.clone(), error))?;
        above.push(name);
        for needed in leans_on(&content) {
            self.add(&needed, above, files)?;
        }
        above.pop();
        files.push(file.clone());
        Ok(())
    }
}

/// The names in a module's `depends=`, a string of its section `.modinfo`.
pub fn leans_on(module: &[u8]) -> Vec<String> {
    const KEY: &[u8] = b"\0depends=";
    let Some(at) = module.windows(KEY.len()).position(|it| it == KEY) else {
        return Vec::new();
    };
    let list = &module[at + KEY.len()..];
    let end = list.iter().position(|it| *it == 0).unwrap_or(list.len());
    let list = String::from_utf8_lossy(&list[..end]);
    let names = list.split(',').filter(|it| !it.is_empty());
    names.map(str::to_owned).collect()
}

fn children(folder: &Path) -> Result<Vec<PathBuf>, KernelError> {
    let unread = |error| KernelError::Read(folder.to_owned(), error);
    let entries = fs::read_dir(folder).map_err(unread)?;
    let paths = entries.map(|it| it.map(|it| it.path()));
    paths.collect::<Result<_, _>>().map_err(unread)
}

fn only(mut files: impl Iterator<Item = PathBuf>, folder: &Path) -> Result<PathBuf, KernelError> {
    match (files.next(), files.next()) {
        (Some(file), None) => Ok(file),
        (None | Some(_), _) => Err(KernelError::NotOne(folder.to_owned())),
    }
}

fn collect(
    folder: &Path,
    depth: usize,
    modules: &mut BTreeMap<String, PathBuf>,
) -> Result<(), KernelError> {
    for path in children(folder)? {
        if path.is_dir() {
            if depth > 0 {
                collect(&path, depth - 1, modules)?;
            }
        } else if let Some((name, _)) = name_of(&path) {
            modules.insert(name, path);
        }
    }
    Ok(())
}

/// A module's name, as the kernel says it, and how its file ends.
fn name_of(path: &Path) -> Option<(String, String)> {
    let file = path.file_name()?.to_str()?;
    let (name, ending) = file.split_once(".ko")?;
    Some((name.replace('-', "_"), ending.to_owned()))
}
