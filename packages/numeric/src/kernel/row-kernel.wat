;; Looks at a row of float32 scores, several at a time: what `maximum`, `indexOf` and `exponentialSum` do, to the last bit.
;;
;; Memory: from 0 on the table `powers` of exponential-sum.ts (float64, 2^(-k / 64), 0 at k = 4608), from 65536 on the row,
;; filled up with -Infinity to a multiple of four scores.
(module
  (memory (export "memory") 2)

  ;; The largest score, NaN passed over. $end: the address behind the row's last score.
  (func (export "largest") (param $end i32) (result f32)
    (local $at i32)
    (local $largest v128)
    (local.set $at (i32.const 65536))
    (local.set $largest (f32x4.splat (f32.const -inf)))
    (loop $next
      (local.set $largest (f32x4.pmax (local.get $largest) (v128.load (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    (f32.max
      (f32.max (f32x4.extract_lane 0 (local.get $largest)) (f32x4.extract_lane 1 (local.get $largest)))
      (f32.max (f32x4.extract_lane 2 (local.get $largest)) (f32x4.extract_lane 3 (local.get $largest)))))

  ;; The address of the first four scores of which one is $score, which the row holds.
  (func (export "near") (param $score f32) (result i32)
    (local $at i32)
    (local $scores v128)
    (local.set $at (i32.const 65520))
    (local.set $scores (f32x4.splat (local.get $score)))
    (loop $next
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $next
        (i32.eqz (v128.any_true (f32x4.eq (v128.load (local.get $at)) (local.get $scores))))))
    (local.get $at))

  ;; The sum of exp(score - shift): terms two at a time, added one after the other in id order.
  (func (export "exponential_sum") (param $end i32) (param $shift f64) (result f64)
    (local $at i32)
    (local $shifts v128)
    (local $x v128) ;; scores - shift, at least -72 ln 2
    (local $k v128) ;; the multiple of ln 2 / 64 next to -x
    (local $r v128) ;; what is left: |r| <= ln 2 / 128
    (local $terms v128)
    (local $total f64)
    (local.set $at (i32.const 65536))
    (local.set $shifts (f64x2.splat (local.get $shift)))
    (loop $next
      (local.set $x
        (f64x2.pmax
          (f64x2.sub (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $at))) (local.get $shifts))
          (v128.const f64x2 -49.90659700031606 -49.90659700031606)))
      (local.set $k
        (f64x2.floor
          (f64x2.sub
            (v128.const f64x2 0.5 0.5)
            (f64x2.mul (local.get $x) (v128.const f64x2 92.33248261689366 92.33248261689366)))))
      (local.set $r
        (f64x2.add
          (local.get $x)
          (f64x2.mul (local.get $k) (v128.const f64x2 0.010830424696249145 0.010830424696249145))))
      ;; As an address: behind 2^52 the last bits of a float64 are an integer. Of NaN nothing outside of the table comes out.
      (local.set $k
        (i64x2.shl
          (f64x2.add (local.get $k) (v128.const f64x2 4503599627370496 4503599627370496))
          (i32.const 3)))
      ;; The Taylor series of exp(r), from its last term on.
      (local.set $terms (v128.const f64x2 0.008333333333333333 0.008333333333333333))
      (local.set $terms
        (f64x2.add
          (v128.const f64x2 0.041666666666666664 0.041666666666666664)
          (f64x2.mul (local.get $r) (local.get $terms))))
      (local.set $terms
        (f64x2.add
          (v128.const f64x2 0.16666666666666666 0.16666666666666666)
          (f64x2.mul (local.get $r) (local.get $terms))))
      (local.set $terms
        (f64x2.add (v128.const f64x2 0.5 0.5) (f64x2.mul (local.get $r) (local.get $terms))))
      (local.set $terms
        (f64x2.add (v128.const f64x2 1 1) (f64x2.mul (local.get $r) (local.get $terms))))
      (local.set $terms
        (f64x2.add (v128.const f64x2 1 1) (f64x2.mul (local.get $r) (local.get $terms))))
      (local.set $terms
        (f64x2.mul
          (v128.load64_lane 1
            (i32.and (i32.const 0xffff) (i32x4.extract_lane 2 (local.get $k)))
            (v128.load64_zero (i32.and (i32.const 0xffff) (i32x4.extract_lane 0 (local.get $k)))))
          (local.get $terms)))
      (local.set $total
        (f64.add
          (f64.add (local.get $total) (f64x2.extract_lane 0 (local.get $terms)))
          (f64x2.extract_lane 1 (local.get $terms))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    (local.get $total)))
