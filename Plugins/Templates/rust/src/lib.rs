//! What the analyzer says of itself, and its life: one instance, one file after the other.

mod cursor;
mod payload;
mod reader;
mod report;
mod scanner;
mod send;
mod uses;

/// The interface, from the installation of codira.
#[allow(dead_code, non_camel_case_types)]
mod codira {
    include!(env!("CODIRA_ANALYZER_RS"));
}

use codira::*;
use reader::Reader;
use send::Sink;
use std::panic::{catch_unwind, AssertUnwindSafe};

unsafe extern "C" fn create(
    _host: *const codira_host,
    _configuration: codira_string,
    _project: *const codira_project,
    _reason: *mut codira_string,
) -> *mut codira_instance {
    // There is nothing to remember from file to file: any address will do.
    std::ptr::NonNull::dangling().as_ptr()
}

unsafe extern "C" fn analyze(
    _instance: *mut codira_instance,
    source: *const codira_source,
    sink: *const codira_sink,
) -> i32 {
    let source = &*source;
    let bytes = borrow_bytes(source);
    let sink = Sink(&*sink);
    // No panic may leave the shared object.
    catch_unwind(AssertUnwindSafe(|| read(source.path.bytes(), bytes, &sink))).unwrap_or_else(|_| {
        sink.message("Something unexpected happened.");
        CODIRA_RESULT_FAILED
    })
}

unsafe fn borrow_bytes<'a>(source: &codira_source) -> &'a [u8] {
    codira_string { data: source.bytes, length: source.byte_count }.bytes()
}

fn read(path: &[u8], bytes: &[u8], sink: &Sink) -> i32 {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return CODIRA_RESULT_NOT_MINE;
    }
    match Reader::new(path, bytes).read(sink) {
        Some(mut report) => sink.send(&mut report),
        None => {
            sink.message("Stopped by the host.");
            CODIRA_RESULT_FAILED
        }
    }
}

unsafe extern "C" fn destroy(_instance: *mut codira_instance) {}

static LANGUAGES: [codira_string; 1] = [text("__NAME__")];
static SUFFIXES: [codira_string; 1] = [text("__SUFFIX__")];

static ANALYZER: codira_analyzer = codira_analyzer {
    capabilities: CODIRA_CAPABILITY_MODULE
        | CODIRA_CAPABILITY_TYPE
        | CODIRA_CAPABILITY_CALLABLE
        | CODIRA_CAPABILITY_IMPORT
        | CODIRA_CAPABILITY_DOCUMENTATION,
    threads: CODIRA_THREADS_INDEPENDENT,
    languages: LANGUAGES.as_ptr(),
    suffixes: SUFFIXES.as_ptr(),
    language_count: LANGUAGES.len() as u32,
    suffix_count: SUFFIXES.len() as u32,
    ..analyzer("__NAME__", "1", create, analyze, destroy)
};

/// The only exported symbol.
#[no_mangle]
pub extern "C" fn codira_analyzer_entry(host_abi: u32) -> *const codira_analyzer {
    if host_abi < CODIRA_ABI_VERSION {
        return std::ptr::null();
    }
    &ANALYZER
}
