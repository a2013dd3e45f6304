"""Elements, attributes, properties and functions that stay in an SVG drawing; nothing else does."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHAPES = _names(
    """
    svg g defs symbol use switch a path rect circle ellipse line polyline polygon text tspan textPath image
    marker linearGradient radialGradient stop pattern clipPath mask view title desc style
    """
)
"""Elements of SVG 2 that draw or group."""

EFFECTS = _names(
    """
    filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge
    feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
    """
)
"""Elements of Filter Effects 1."""

ELEMENTS = SHAPES | EFFECTS
"""Elements that stay."""

INVISIBLE = _names(
    """
    metadata animate animateMotion animateTransform animateColor set mpath discard cursor font font-face
    font-face-src font-face-name glyph missing-glyph hkern vkern color-profile
    """
)
"""Elements that show nothing in a still image; they are removed."""

PROPERTIES = _names(
    """
    alignment-baseline baseline-shift clip-path clip-rule color color-interpolation color-interpolation-filters
    direction display dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity font
    font-family font-size font-size-adjust font-stretch font-style font-variant font-weight image-rendering
    isolation letter-spacing lighting-color line-height marker marker-end marker-mid marker-start mask
    mix-blend-mode opacity overflow paint-order shape-rendering stop-color stop-opacity stroke stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-align
    text-anchor text-decoration text-rendering transform transform-origin unicode-bidi vector-effect visibility
    white-space word-spacing writing-mode
    """
)
"""Properties of CSS that stay, as properties and as attributes."""

GEOMETRY = _names(
    """
    amplitude azimuth baseFrequency bias class clipPathUnits cx cy d diffuseConstant divisor dx dy edgeMode
    elevation exponent filterUnits fr fx fy gradientTransform gradientUnits height id in in2 intercept k1 k2 k3
    k4 kernelMatrix kernelUnitLength lengthAdjust limitingConeAngle markerHeight markerUnits markerWidth
    maskContentUnits maskUnits method mode numOctaves offset operator order orient pathLength
    patternContentUnits patternTransform patternUnits points pointsAtX pointsAtY pointsAtZ preserveAlpha
    preserveAspectRatio primitiveUnits r radius refX refY result rotate rx ry scale seed side slope spacing
    specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles surfaceScale
    systemLanguage tableValues targetX targetY textLength type values version viewBox width x x1 x2
    xChannelSelector y y1 y2 yChannelSelector z lang role aria-label aria-hidden aria-labelledby
    aria-describedby
    """
)
"""Attributes of SVG that neither load nor run anything."""

FUNCTIONS = _names(
    """
    rgb rgba hsl hsla calc matrix translate translatex translatey scale scalex scaley rotate skewx skewy var min
    max clamp blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
    """
)
"""Functions of CSS that stay, besides `url(#…)`."""
