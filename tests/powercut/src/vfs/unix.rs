//! SQLite's own `unix` file system, with one fault planted.

use std::{
    ffi::{CStr, c_char, c_int, c_void},
    ptr,
    sync::OnceLock,
};

use rusqlite::ffi;

use super::{planting::replace, text};

pub(super) type Open = unsafe extern "C" fn(
    *mut ffi::sqlite3_vfs,
    *const c_char,
    *mut ffi::sqlite3_file,
    c_int,
    *mut c_int,
) -> c_int;
type FileControl = unsafe extern "C" fn(*mut ffi::sqlite3_file, c_int, *mut c_void) -> c_int;

static OPEN: OnceLock<Open> = OnceLock::new();
static FILE_CONTROL: OnceLock<FileControl> = OnceLock::new();

/// From here on every `PRAGMA synchronous` of this process means `NORMAL`.
///
/// # Panics
/// When SQLite has no file system of its own.
pub fn plant_normal() {
    OPEN.get_or_init(|| {
        let the_default = true;
        plant(c"unix-planted", open, the_default)
    });
}

/// Registers a copy of the default file system that opens files by `open`; answers
/// what opens them for real.
pub(super) fn plant(name: &'static CStr, open: Open, the_default: bool) -> Open {
    // SAFETY: the default file system lives as long as the process; its copy is leaked.
    unsafe {
        let unix = ffi::sqlite3_vfs_find(ptr::null());
        assert!(!unix.is_null(), "SQLite has a file system");
        let mut planted = *unix;
        planted.zName = name.as_ptr();
        planted.pNext = ptr::null_mut();
        let real = planted.xOpen.replace(open);
        let planted = Box::leak(Box::new(planted));
        let answer = ffi::sqlite3_vfs_register(planted, c_int::from(the_default));
        assert_eq!(answer, ffi::SQLITE_OK, "SQLite takes a file system");
        real.expect("a file system opens files")
    }
}

/// Opens the file for real, then listens to what is asked of the main one.
unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    flags_out: *mut c_int,
) -> c_int {
    let Some(real) = OPEN.get() else {
        return ffi::SQLITE_CANTOPEN;
    };
    // SAFETY: SQLite's own call, passed on; `pMethods` is set when it was opened.
    unsafe {
        let answer = real(vfs, name, file, flags, flags_out);
        if answer == ffi::SQLITE_OK && flags & ffi::SQLITE_OPEN_MAIN_DB != 0 {
            let mut methods = *(*file).pMethods;
            if let Some(real) = methods.xFileControl.replace(file_control) {
                FILE_CONTROL.get_or_init(|| real);
            }
            (*file).pMethods = Box::leak(Box::new(methods));
        }
        answer
    }
}

unsafe extern "C" fn file_control(
    file: *mut ffi::sqlite3_file,
    operation: c_int,
    argument: *mut c_void,
) -> c_int {
    if operation == ffi::SQLITE_FCNTL_PRAGMA {
        let words: *mut *mut c_char = argument.cast();
        // SAFETY: an array of the answer, the pragma's name, and its value or null.
        unsafe {
            let (name, value) = (*words.add(1), *words.add(2));
            if !value.is_null() && text(name).eq_ignore_ascii_case("synchronous") {
                replace(value, "1");
            }
        }
    }
    match FILE_CONTROL.get() {
        // SAFETY: SQLite's own call, passed on.
        Some(real) => unsafe { real(file, operation, argument) },
        None => ffi::SQLITE_NOTFOUND,
    }
}
