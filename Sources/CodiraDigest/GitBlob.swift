import CNettle
import CodiraModel

/// What git calls the bytes of a file.
package enum GitBlob {
  /// The object id in lower-case hexadecimal: SHA-1, or SHA-256 in a repository whose ids have 64 digits.
  package static func id(of bytes: [UInt8], digits: Int) -> String {
    let object = Array("blob \(bytes.count)\0".utf8) + bytes
    if digits == 64 { return SHA256.hash(object).hex }
    var context = sha1_ctx()
    nettle_sha1_init(&context)
    nettle_sha1_update(&context, object.count, object)
    var digest = [UInt8](repeating: 0, count: Int(SHA1_DIGEST_SIZE))
    nettle_sha1_digest(&context, digest.count, &digest)
    let hex = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [hex[Int($0 >> 4)], hex[Int($0 & 15)]] }, as: UTF8.self)
  }
}
